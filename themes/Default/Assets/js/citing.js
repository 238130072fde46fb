/** The quotation box follows the line; its buttons copy the words with their source and the address of the second. */
export function citing(page) {
  const box = page.querySelector('[data-cite]');
  if (!box) return () => {};
  const words = box.querySelector('[data-words]');
  const minute = box.querySelector('[data-minute]');
  const withSource = box.querySelector('[data-copy-with=source]');
  const onlyLink = box.querySelector('[data-copy-with=link]');

  return (line) => {
    const seconds = line.dataset.start;
    const text = line.querySelector('.say').textContent.trim();
    const address = `${page.dataset.url}?t=${seconds}`;
    words.textContent = text;
    minute.textContent = line.querySelector('.tc').textContent;
    withSource.dataset.copy = `“${text}” ${box.dataset.cite} นาทีที่ ${minute.textContent} ${address}`;
    onlyLink.dataset.copy = address;
    box.hidden = false;
  };
}
