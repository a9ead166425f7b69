// Takes a picture from the clipboard, wherever on the page somebody presses Ctrl+V or Cmd+V, and hands it on whole.

const MIB = 1024 * 1024;
const HINT = "Or paste a picture from the clipboard: Ctrl+V (on a Mac, Cmd+V) anywhere on this page.";

const base64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

export default function (component) {
  const words = component.parentElement.querySelector(".paste");
  words.textContent = HINT;
  const taken = async (event) => {
    const file = [...(event.clipboardData?.files ?? [])][0];
    // Words that are pasted into a field are no business of this piece.
    if (!file) return;
    event.preventDefault();
    if (file.size > component.data.most_bytes) {
      words.textContent = `The pasted file is larger than ${Math.round(component.data.most_bytes / MIB)} MB. ${HINT}`;
      return;
    }
    words.textContent = "Taking the picture from the clipboard.";
    component.setTriggerValue("pasted", { name: file.name, content: await base64(file) });
  };
  document.addEventListener("paste", taken);
  return () => document.removeEventListener("paste", taken);
}
