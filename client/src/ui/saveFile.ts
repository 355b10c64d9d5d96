/** Hands the browser a file to keep under that name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the bytes by the time its task is done.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
