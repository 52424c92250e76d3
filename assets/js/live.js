/* Fragments that fetch themselves again when the server says that they changed.

   <body data-live="/live">                            opens the event stream
   <section id="grants" data-live-topic="grants portal:7" data-live-href="/…">

   Each message's data is topics with spaces between; `everything` is all there are. Elements with
   one of them get the event `live:<topic>`, and unless it is prevented they are morphed into what
   data-live-href answers, so that the focus, what was typed and a press that has begun stay.
   After a gap (lost connection, sleep, Back) everything with a topic is fetched again. The stream
   rests while nobody looks: browsers allow few connections per host. */
(() => {
  "use strict";
  const address = document.body.dataset.live;
  if (!address) return;
  const PATIENCE = 30_000;
  const PAUSES = [2_000, 5_000, 15_000, 60_000];
  let stream = null;
  let failures = 0;
  let gap = false;
  let timer = 0;
  const changed = new Set();

  function listen() {
    if (stream) return;
    clearTimeout(timer);
    stream = new EventSource(address);
    stream.onopen = () => {
      failures = 0;
      if (gap) document.querySelectorAll("[data-live-topic]").forEach(refetch);
      gap = false;
    };
    stream.onmessage = (event) => event.data.trim().split(" ").forEach(announce);
    stream.onerror = () => {
      gap = true;
      // The browser repeats by itself after a lost connection; closed means that the server refused.
      if (stream.readyState !== EventSource.CLOSED) return;
      // Staff see as another client meanwhile, or as none: what is fetched from now on is not of this page.
      if (address.includes("&seen_as=")) return location.reload();
      rest();
      if (failures < PAUSES.length) timer = setTimeout(listen, PAUSES[failures++]);
    };
  }

  function rest() {
    stream?.close();
    stream = null;
    gap = true;
  }

  function announce(topic) {
    if (!topic) return;
    const concerned = topic === "everything" ? "" : `~="${CSS.escape(topic)}"`;
    for (const element of document.querySelectorAll(`[data-live-topic${concerned}]`)) {
      const event = new CustomEvent(`live:${topic}`, { bubbles: true, cancelable: true });
      if (element.dispatchEvent(event)) changed.add(element);
    }
    // One change often touches several topics of the same element.
    setTimeout(refetchChanged, 30);
  }

  function refetchChanged() {
    const elements = [...changed];
    changed.clear();
    elements.forEach(refetch);
  }

  function refetch(element) {
    if (!element.isConnected || !element.dataset.liveHref) return;
    // A row that somebody holds (reorder.js) stays in their hand.
    if (element.querySelector(".row-lifted")) {
      changed.add(element);
      setTimeout(refetchChanged, 500);
      return;
    }
    const where = { source: element, target: element, swap: "outerMorph" };
    const update = (htmx) => element.isConnected && htmx.ajax("GET", element.dataset.liveHref, where);
    needHtmx().then(update, () => {});
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(rest, PATIENCE);
    else listen();
  });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
