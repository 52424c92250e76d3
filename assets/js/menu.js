/* Menus made of <details class="menu"> close on Escape, on a press elsewhere, when the focus leaves
   and when another opens. */
(() => {
  "use strict";
  const open = () => document.querySelectorAll("details.menu[open]");
  const close = (menu) => menu.removeAttribute("open");

  document.addEventListener("pointerdown", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) close(menu);
  });

  document.addEventListener("focusin", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) close(menu);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      close(menu);
      menu.querySelector("summary").focus();
      event.preventDefault();
    }
  });
})();
