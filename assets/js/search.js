/* Results while typing, on the search page and in an overlay everywhere.

   <template id="search-overlay"><dialog> … </dialog>  the overlay, from the shell
   <a data-search-open href="/search">                 opens it, and so does Ctrl-K or Cmd-K
   <form data-search data-search-href="/search" data-search-target="#results">
     <input name="q"> … <p role="status" data-search-status>
   <a data-search-hit>                                 one result

   <template id="earlier-searches" data-owner>         what is shown under an empty box

   data-search-href?q=… is fetched with `HX-Request: true` and answers `search_results`, whose
   children go into the target. In the overlay the box is a combobox over the hits; on the page the
   arrow keys move the focus among them, and the address keeps up with what was typed. Earlier
   searches never leave the browser, and are forgotten at sign-out. */
(() => {
  "use strict";
  const PAUSE = 120;
  const CHOICES = "[data-search-hit], [data-search-again], [data-search-forget], .search-overlay .pagination a";
  const template = document.getElementById("search-overlay");
  let overlay = null;
  let timer = 0;
  let underWay = new AbortController();

  if (/Mac|iPhone|iPad/.test(navigator.platform)) {
    document.querySelectorAll("[data-search-open] kbd").forEach((keys) => (keys.textContent = "⌘ K"));
  }

  document.addEventListener("keydown", (event) => {
    const wanted = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!wanted || !template) return;
    event.preventDefault();
    open();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-search-close]")) return overlay.close();
    const trigger = event.target.closest("[data-search-open]");
    if (!trigger || !template || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  function open() {
    if (!overlay) {
      document.body.append(template.content.cloneNode(true));
      overlay = document.body.lastElementChild;
      overlay.addEventListener("click", (event) => event.target === overlay && overlay.close());
      const input = overlay.querySelector("input");
      const list = overlay.querySelector(".search-results");
      list.id = "search-overlay-results";
      attributes(list, { role: "listbox", "aria-label": input.getAttribute("aria-label") });
      attributes(input, {
        role: "combobox",
        "aria-expanded": "false",
        "aria-controls": list.id,
        "aria-autocomplete": "list",
      });
    }
    if (!overlay.open) overlay.showModal();
    const input = overlay.querySelector("input");
    input.select();
    if (!input.value) show(input.form, overlay.querySelector(".search-results"), suggestions());
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-search]");
    if (!form || event.target.name !== "q") return;
    clearTimeout(timer);
    timer = setTimeout(() => look(form, event.target.value.trim()), PAUSE);
  });

  async function look(form, query) {
    underWay.abort();
    underWay = new AbortController();
    const target = document.querySelector(form.dataset.searchTarget);
    const address = new URL(form.dataset.searchHref, location.href);
    address.searchParams.set("q", query);
    const inOverlay = overlay?.contains(form);
    if (!inOverlay) history.replaceState(history.state, "", address);
    if (!query) return show(form, target, suggestions());
    target.setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(address, { headers: { "HX-Request": "true", "HX-Current-URL": location.href }, signal: underWay.signal });
      const away = reply.headers.get("HX-Redirect");
      if (away) return location.assign(away);
      if (!reply.ok) throw new Error(`search answered ${reply.status}`);
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      show(form, target, [...(page.getElementById("results") ?? page.body).childNodes]);
    } catch (error) {
      if (error.name === "AbortError") return;
      document.dispatchEvent(new CustomEvent("portico:toast", { detail: document.body.dataset.wordsLost }));
    } finally {
      target.removeAttribute("aria-busy");
    }
  }

  function show(form, target, nodes) {
    target.replaceChildren(...nodes);
    const inOverlay = overlay?.contains(form);
    // A listbox holds nothing but what can be chosen.
    if (inOverlay) target.querySelector(".search-chips")?.remove();
    const status = form.querySelector("[data-search-status]");
    if (status) status.textContent = target.querySelector(".search-summary, .empty-state p")?.textContent ?? "";
    if (!inOverlay) return;
    const found = hits(target);
    const input = form.querySelector("input");
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    const around = ".search-summary, h2, ul, li, nav";
    // A name would bring its own role back.
    target.querySelector("nav")?.removeAttribute("aria-label");
    target.querySelectorAll(around).forEach((each) => each.setAttribute("role", "presentation"));
    target.querySelectorAll("section").forEach((group, index) => {
      const heading = group.querySelector("h2");
      heading.id = `search-group-${index}`;
      attributes(group, { role: "group", "aria-labelledby": heading.id });
    });
    found.forEach((hit, index) => {
      hit.id = `search-hit-${index}`;
      attributes(hit, { role: "option", tabindex: "-1" });
    });
    // Nothing is chosen for whoever has not typed: Enter would go somewhere by itself.
    choose(input, found, input.value ? found[0] : undefined);
  }

  const hits = (target) => [...target.querySelectorAll(CHOICES)];

  function choose(input, all, hit) {
    all.forEach((each) => each.removeAttribute("aria-selected"));
    if (!hit) return;
    hit.setAttribute("aria-selected", "true");
    hit.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", hit.id);
  }

  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (overlay?.open && overlay.contains(event.target)) inOverlay(event, step);
    else if (step) onPage(event, step);
  });

  function inOverlay(event, step) {
    const input = overlay.querySelector("input");
    const all = hits(overlay);
    const chosen = all.find((hit) => hit.getAttribute("aria-selected"));
    if (step && all.length) {
      event.preventDefault();
      choose(input, all, all[(all.indexOf(chosen) + step + all.length) % all.length]);
    } else if (event.key === "Escape") {
      // A search field keeps the first Escape for itself, to empty itself.
      event.preventDefault();
      overlay.close();
    } else if (event.key === "Enter" && event.target === input && chosen) {
      event.preventDefault();
      chosen.click();
    }
  }

  function onPage(event, step) {
    const form = document.querySelector("main form[data-search]");
    const target = form && document.querySelector(form.dataset.searchTarget);
    const box = form?.querySelector("input[name=q]");
    const stops = target ? [box, ...hits(target)] : [];
    const here = stops.indexOf(document.activeElement);
    if (here < 0 || !stops[here + step]) return;
    event.preventDefault();
    stops[here + step].focus();
  }

  const EARLIER = "portico-searches";
  const MOST = 6;
  const prototype = document.getElementById("earlier-searches");

  /** What the person who is signed in looked for, the latest first. */
  function earlier() {
    try {
      const kept = JSON.parse(localStorage.getItem(EARLIER));
      return kept?.owner === prototype.dataset.owner ? kept.searches.map(String) : [];
    } catch {
      return [];
    }
  }

  function remember(query) {
    if (!prototype || query.length < 2) return;
    const searches = [query, ...earlier().filter((each) => each !== query)].slice(0, MOST);
    try {
      localStorage.setItem(EARLIER, JSON.stringify({ owner: prototype.dataset.owner, searches }));
    } catch {
      // Full, or not allowed: then nothing is remembered.
    }
  }

  function forget() {
    try {
      localStorage.removeItem(EARLIER);
    } catch {
      // Not allowed: then nothing was remembered.
    }
  }

  function suggestions() {
    const searches = prototype ? earlier() : [];
    if (!searches.length) return [];
    const group = prototype.content.firstElementChild.cloneNode(true);
    const line = group.querySelector("li");
    searches.forEach((search) => {
      const one = line.cloneNode(true);
      const link = one.querySelector("a");
      link.search = new URLSearchParams({ q: search });
      link.querySelector("span").textContent = search;
      line.before(one);
    });
    line.remove();
    return [group];
  }

  document.addEventListener("click", (event) => {
    const hit = event.target.closest(CHOICES);
    if (!hit) return;
    const form = overlay?.contains(hit) ? overlay.querySelector("form") : document.querySelector("main form[data-search]");
    const input = form?.querySelector("input[name=q]");
    if (!input) return;
    if (hit.matches("[data-search-forget]")) {
      forget();
      show(form, document.querySelector(form.dataset.searchTarget), []);
      input.focus();
    } else if (hit.matches("[data-search-again]") && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      input.value = hit.querySelector("span").textContent;
      input.focus();
      look(form, input.value);
    } else {
      remember(input.value.trim());
    }
  });

  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === "/sign-out") forget();
    if (event.target.matches("form[data-search]")) remember(event.target.elements.q.value.trim());
  });

  document.addEventListener("focusin", (event) => {
    const form = event.target.closest("main form[data-search]");
    if (!form || event.target.name !== "q" || event.target.value) return;
    const target = document.querySelector(form.dataset.searchTarget);
    const shown = suggestions();
    if (shown.length && !hits(target).length) show(form, target, shown);
  });

  const attributes = (element, all) => Object.entries(all).forEach((each) => element.setAttribute(...each));
})();
