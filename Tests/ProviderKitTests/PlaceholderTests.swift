import ProviderKit
import Testing
