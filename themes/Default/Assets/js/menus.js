/** An open menu closes on Escape, which gives the focus back, and when the reader goes elsewhere. */
export function menus(root) {
  for (const menu of root.querySelectorAll('details.menu')) {
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary').focus();
    });
    menu.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    root.addEventListener('click', (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
}
