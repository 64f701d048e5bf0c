/** Whether a dialog, a menu or a popover is above the page: it takes the Escape key, and shortcuts wait. A toast does not count. */
export function overlayIsOpen(): boolean {
  return document.querySelector('.dialog, .menu') !== null;
}
