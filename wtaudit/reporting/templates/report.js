"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const names = ["q", "theme", "status", "level", "document", "decision"].filter((name) => form.elements[name]);
  const findings = [...document.querySelectorAll(".finding")].map((node) => ({
    node,
    text: node.textContent.toLowerCase(),
    theme: node.dataset.theme,
    status: node.dataset.status,
    level: node.dataset.level,
    documents: node.dataset.documents.split(" "),
    decision: node.dataset.decision,
  }));
  const groups = [...document.querySelectorAll(".group")];

  const values = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]));

  const fits = (finding, wanted) =>
    (!wanted.theme || finding.theme === wanted.theme) &&
    (!wanted.status || finding.status === wanted.status) &&
    (!wanted.level || finding.level === wanted.level) &&
    (!wanted.decision || finding.decision === wanted.decision) &&
    (!wanted.document || finding.documents.includes(wanted.document)) &&
    wanted.q.toLowerCase().split(/\s+/).every((word) => finding.text.includes(word));

  const apply = () => {
    const wanted = values();
    let count = 0;
    for (const finding of findings) {
      const kept = fits(finding, wanted);
      finding.node.hidden = !kept;
      count += kept ? 1 : 0;
    }
    for (const group of groups) group.hidden = !group.querySelector(".finding:not([hidden])");
    shown.textContent = `${count} of ${findings.length} findings shown`;
  };

  const remember = () => {
    const state = new URLSearchParams(Object.entries(values()).filter(([, value]) => value)).toString();
    history.replaceState(null, "", state ? `#${state}` : location.pathname + location.search);
  };

  const recall = () => {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) {
      const state = new URLSearchParams(hash);
      for (const name of names) {
        const field = form.elements[name];
        field.value = state.get(name) ?? "";
        if (field.selectedIndex === -1) field.value = "";
      }
    } else if (document.getElementById(hash)?.hidden) {
      for (const name of names) form.elements[name].value = "";
      apply();
      document.getElementById(hash).scrollIntoView();
    }
    apply();
  };

  const changed = () => {
    apply();
    remember();
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  window.addEventListener("hashchange", recall);
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
  form.hidden = false;
  recall();
})();
