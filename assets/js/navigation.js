/* Where a phone has no room for all of the navigation it scrolls, and begins where the open page's entry is in sight. */
document.querySelectorAll(".top-bar-navigation [aria-current]").forEach((entry) => {
  const list = entry.closest("ul");
  // What lies over the space at its end fades.
  const fading = parseFloat(getComputedStyle(list).paddingInlineEnd);
  const beyond = entry.getBoundingClientRect().right - list.getBoundingClientRect().right + fading;
  if (beyond > 0) list.scrollLeft += beyond;
});
/* What waits behind the entries stands in the tab's title, too. */
document.addEventListener("htmx:after:swap", () => {
  let waiting = 0;
  document.querySelectorAll(".navigation-count").forEach((count) => (waiting += +count.textContent.replace(/\D/g, "")));
  document.title = (waiting ? `(${waiting}) ` : "") + document.title.replace(/^\(\d+\) /, "");
});
