/** Asks before what is typed is left behind unsaved. */
export function unsaved(form) {
  // After a refused post the boxes hold what is not saved yet.
  let isChanged = Boolean(form.querySelector('.errsum'));
  form.addEventListener('input', () => {
    isChanged = true;
  });
  form.addEventListener('submit', () => {
    isChanged = false;
  });
  addEventListener('beforeunload', (event) => {
    if (isChanged) event.preventDefault();
  });
}
