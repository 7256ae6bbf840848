/// The script of the page: filters, copying, the theme and keyboard shortcuts. It reads only the page and
/// contains no text of a report.
enum HTMLScript {
  static let source: Markup = #"""

    (() => {
      "use strict";
      const $ = (id) => document.getElementById(id);
      const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
      for (const element of all(".js")) element.hidden = false;

      const results = all("article.r").map((element) => ({
        element,
        verdict: element.dataset.verdict,
        rules: element.dataset.rules.split(" "),
        text: null,
        shown: true,
      }));
      const verdicts = all("[data-verdict]", $("filters"));
      const rules = all("[data-rule]", $("filters"));
      const search = $("search");
      const pressed = (button) => button.getAttribute("aria-pressed") === "true";
      const press = (button, on) => button.setAttribute("aria-pressed", String(on));

      function filter() {
        const wantedVerdicts = new Set(verdicts.filter(pressed).map((button) => button.dataset.verdict));
        const wantedRules = rules.filter(pressed).map((button) => button.dataset.rule);
        const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
        let count = 0;
        for (const result of results) {
          if (words.length && result.text === null) result.text = result.element.textContent.toLowerCase();
          const shown =
            (!wantedVerdicts.size || wantedVerdicts.has(result.verdict)) &&
            (!wantedRules.length || wantedRules.some((rule) => result.rules.includes(rule))) &&
            words.every((word) => result.text.includes(word));
          if (shown) count += 1;
          if (shown !== result.shown) {
            result.shown = shown;
            result.element.classList.toggle("out", !shown);
          }
        }
        const isFiltered = wantedVerdicts.size || wantedRules.length || words.length;
        $("shown").textContent = isFiltered ? `${count} of ${results.length} shown` : "";
        $("clear").disabled = !isFiltered;
        $("none").hidden = count > 0 || !results.length;
      }

      function clear() {
        for (const button of [...verdicts, ...rules]) press(button, false);
        search.value = "";
        filter();
      }

      for (const button of [...verdicts, ...rules]) {
        button.addEventListener("click", () => {
          press(button, !pressed(button));
          filter();
        });
      }
      let pending = 0;
      search.addEventListener("input", () => {
        cancelAnimationFrame(pending);
        pending = requestAnimationFrame(filter);
      });
      $("clear").addEventListener("click", () => {
        clear();
        search.focus();
      });

      const root = document.documentElement;
      const theme = $("theme");
      const isDark = () =>
        root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      press(theme, isDark());
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => press(theme, isDark()));
      theme.addEventListener("click", () => {
        root.dataset.theme = isDark() ? "light" : "dark";
        press(theme, isDark());
      });

      async function copy(button) {
        const code = button.previousElementSibling;
        let done = false;
        try {
          await navigator.clipboard.writeText(code.textContent);
          done = true;
        } catch {
          const range = document.createRange();
          range.selectNodeContents(code);
          const selection = getSelection();
          selection.removeAllRanges();
          selection.addRange(range);
          done = document.execCommand("copy");
        }
        button.textContent = done ? "Copied" : "Selected";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      }
      $("results").addEventListener("click", (event) => {
        const button = event.target.closest("button.copy");
        if (button) copy(button);
      });

      function step(by) {
        const shown = results.filter((result) => result.shown);
        const here = document.activeElement.closest("article.r");
        const index = shown.findIndex((result) => result.element === here);
        const next = shown[index < 0 ? (by > 0 ? 0 : shown.length - 1) : index + by];
        if (!next) return;
        next.element.focus({ preventScroll: true });
        next.element.scrollIntoView({ block: "start" });
      }
      const keys = {
        "/": () => { search.focus(); search.select(); },
        j: () => step(1),
        k: () => step(-1),
        1: () => verdicts[0].click(),
        2: () => verdicts[1].click(),
        3: () => verdicts[2].click(),
        c: () => document.activeElement.closest("article.r")?.querySelector("button.copy")?.click(),
        d: () => theme.click(),
      };
      document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !$("keys").checked) return;
        if (event.key === "Escape") return clear();
        if (event.target.closest("input[type=search]")) return;
        const action = keys[event.key];
        if (!action) return;
        event.preventDefault();
        action();
      });

      let opened = [];
      addEventListener("beforeprint", () => {
        opened = all("#results details:not([open])");
        for (const details of opened) details.open = true;
      });
      addEventListener("afterprint", () => {
        for (const details of opened) details.open = false;
      });
    })();

    """#
}
