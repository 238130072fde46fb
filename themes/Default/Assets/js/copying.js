/** `<button data-copy="text" hidden>`: copies its text and says so in the nearest status line. */
export function copying(root) {
  // The clipboard is missing where the page did not come over https.
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const status = button.closest('[data-copies]').querySelector('[role=status]');
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        status.textContent = button.dataset.copied;
      } catch {
        status.textContent = 'เบราว์เซอร์ไม่ยอมให้คัดลอก โปรดเลือกข้อความแล้วคัดลอกเอง';
      }
    });
  }
}
