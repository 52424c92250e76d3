/* htmx where something needs it. A page that holds anything for it names it in its head; the others,
   which are those of clients, fetch it with the first dialog or change: a phone that opens a portal
   has a quarter less to wait for.

   <body data-htmx="/assets/htmx.min.….js">
   (await needHtmx()).ajax(…)                          what scripts do instead of htmx.ajax(…) */
"use strict";
const needHtmx = (() => {
  let coming = null;

  function fetched() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = document.body.dataset.htmx;
      // It reads its configuration in a task of its own.
      script.onload = () => setTimeout(() => resolve(htmx));
      script.onerror = () => {
        coming = null;
        reject(new Error("htmx did not arrive"));
      };
      document.head.append(script);
    });
  }

  return () => (typeof htmx === "undefined" ? (coming ??= fetched()) : Promise.resolve(htmx));
})();
