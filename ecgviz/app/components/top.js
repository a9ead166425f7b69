// Scrolls the page to its top once for each version, as when another report is opened from far below.

let seen = null;

export default function (component) {
  if (seen === component.data.version) return;
  seen = component.data.version;
  document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
}
