/* Conversations.

   <div data-draft="/portals/7/messages" data-owner="carol@acme.test">    what is typed inside stays in
                                        the browser until it is sent or its author signs
                                        out, under the name of whoever typed it
   <form action="…/reading" data-reading>               sent, silently, when somebody looks at the page

   Whoever stands at the end of the page still does when a message has come. Over a phone's keyboard there
   is room for what was just sent or for the form below it, not for both: then what was sent is seen. */
(() => {
  "use strict";
  const draft = document.querySelector("[data-draft]");

  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== "/sign-out") return;
    try {
      Object.keys(localStorage).filter((key) => key.startsWith("draft ")).forEach((key) => localStorage.removeItem(key));
    } catch {
      // Not allowed: then nothing was kept.
    }
  });

  if (!document.getElementById("thread")) return;
  const name = `draft ${draft?.dataset.draft}`;
  const field = () => document.querySelector("[data-draft] textarea");

  function keep(words = field()?.value) {
    try {
      if (words) localStorage.setItem(name, JSON.stringify({ owner: draft.dataset.owner, words }));
      else localStorage.removeItem(name);
    } catch {
      // Full, or not allowed: then nothing is kept.
    }
  }

  function kept() {
    try {
      const { owner, words } = JSON.parse(localStorage.getItem(name)) ?? {};
      return owner === draft.dataset.owner ? String(words) : "";
    } catch {
      return "";
    }
  }

  if (field() && !field().value) field().value = kept();
  document.addEventListener("input", (event) => event.target === field() && keep());
  // It is on its way; when it does not arrive, what still stands in the field is a draft again.
  document.addEventListener("submit", (event) => {
    if (event.target.contains(field())) keep("");
  });
  for (const event of ["htmx:error", "htmx:after:swap"]) document.addEventListener(event, () => keep());

  let told = "";
  function tell() {
    const form = document.querySelector("form[data-reading]");
    const number = form?.elements.number.value;
    if (!form || document.hidden || number === told) return;
    told = number;
    const headers = { "HX-Request": "true" };
    fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form)) }).catch(() => {
      told = "";
    });
  }

  const page = document.documentElement;
  let atEnd = false;
  document.addEventListener("htmx:before:swap", () => {
    atEnd = page.scrollHeight - scrollY - innerHeight < 80;
  });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (atEnd) scrollTo(0, page.scrollHeight);
    if (ctx.target.id === "conversation") document.querySelector(".message:last-child")?.scrollIntoView({ block: "nearest" });
    tell();
  });
  document.addEventListener("visibilitychange", tell);
  tell();
})();
