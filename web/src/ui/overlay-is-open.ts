/**
 * Whether a dialog, a menu or a popover is above the page: it takes the Escape key, and shortcuts wait. A toast does
 * not count, nor an overlay that only fades out any more.
 */
export function overlayIsOpen(): boolean {
  return document.querySelector(':is(.dialog, .menu):not([data-closed])') !== null;
}
