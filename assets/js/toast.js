/* Toasts leave by themselves.

   <div id="toasts">                                   from the shell, an aria-live region
     <div data-toast> … <button data-toast-close>      from toast.rs
   document.dispatchEvent(new CustomEvent("portico:toast", { detail: "Words." }))

   One with a button or a link stays longer, and none leaves while a pointer or the focus is on it. */
(() => {
  "use strict";
  const host = document.getElementById("toasts");
  if (!host) return;
  const SHORT = 6_000;
  const LONG = 20_000;
  const MOST = 3;

  function admit(toast) {
    if (toast.dataset.leaving) return;
    toast.dataset.leaving = "true";
    const wait = setInterval(() => {
      if (toast.matches(":hover, :focus-within")) return;
      clearInterval(wait);
      toast.remove();
    }, toast.querySelector("form, a") ? LONG : SHORT);
    while (host.children.length > MOST) host.firstElementChild.remove();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
  });

  document.addEventListener("portico:toast", ({ detail }) => {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.toast = "";
    toast.append(Object.assign(document.createElement("p"), { textContent: detail }));
    host.append(toast);
  });

  new MutationObserver(() => host.querySelectorAll("[data-toast]").forEach(admit)).observe(host, { childList: true });
  host.querySelectorAll("[data-toast]").forEach(admit);
})();
