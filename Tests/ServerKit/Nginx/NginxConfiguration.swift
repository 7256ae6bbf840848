import Foundation

/// What nginx is told: everything in `folder`, nothing from the system's own configuration.
struct NginxConfiguration {
  /// Where its configuration, logs and temporary files are.
  let folder: URL
  /// What it serves.
  let root: URL
  /// The port for HTTP.
  let port: LoopbackPort
  /// The port for HTTPS, and what is presented there.
  let secure: (port: LoopbackPort, certificate: ServerCertificate)?
  /// Whether answers are compressed for clients that accept it.
  let compresses: Bool
  /// A path that only this very nginx answers, without a line in its log.
  let token: String

  /// The text of `nginx.conf`.
  var text: String {
    """
    daemon off;
    master_process off;
    pid "\(path("nginx.pid"))";
    error_log "\(path("error.log"))";
    events { worker_connections 512; }
    http {
      types {
        image/jpeg jpg jpeg; image/png png; image/webp webp; image/bmp bmp;
        audio/mpeg mp3; audio/wav wav; video/mp4 mp4; video/quicktime mov;
        text/html html; application/json json;
      }
      default_type application/octet-stream;
      log_format kit escape=json \(NginxRequest.format);
      access_log "\(path("access.log"))" kit;
      autoindex off;
      server_tokens off;
      sendfile on;
      \(compresses ? "gzip on; gzip_types *; gzip_min_length 0;" : "gzip off;")
      \(temporaryPaths)
      server {
        listen \(port);
        \(secureListener)
        root "\(root.path)";
        location = \(token) { access_log off; return 204; }
      }
    }

    """
  }

  private var secureListener: String {
    guard let secure else { return "" }
    return """
      listen \(secure.port) ssl;
          ssl_certificate "\(secure.certificate.chain.path)";
          ssl_certificate_key "\(secure.certificate.key.path)";
      """
  }

  private var temporaryPaths: String {
    ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \"\(path("temporary"))\";" }.joined(separator: " ")
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }
}
