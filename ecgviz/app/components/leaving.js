// While there is work that would be lost, the browser asks before the app is left or loaded again.

const ask = (event) => event.preventDefault();

export default function (component) {
  // It stays when another page of the app is shown: the work is held by the session.
  window.removeEventListener("beforeunload", window.ecgvizAsk ?? ask);
  window.ecgvizAsk = ask;
  if (component.data.on) window.addEventListener("beforeunload", ask);
}
