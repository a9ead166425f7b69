// Takes an image from the clipboard on Ctrl+V or Cmd+V anywhere on the page and passes it on unchanged.

const MIB = 1024 * 1024;
const HINT = "Or paste an image: Ctrl+V (Mac: Cmd+V) anywhere on this page.";

const base64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

export default function (component) {
  const words = component.parentElement.querySelector(".paste");
  words.textContent = HINT;
  const paste = async (event) => {
    const file = [...(event.clipboardData?.files ?? [])][0];
    // Text pasted into a field is left alone.
    if (!file) return;
    event.preventDefault();
    if (file.size > component.data.most_bytes) {
      words.textContent = `The pasted file is larger than ${Math.round(component.data.most_bytes / MIB)} MB. ${HINT}`;
      return;
    }
    words.textContent = "Pasting the image.";
    component.setTriggerValue("pasted", { name: file.name, content: await base64(file) });
  };
  document.addEventListener("paste", paste);
  return () => document.removeEventListener("paste", paste);
}
