/**
 * The only script of a page, the same on every page: it shows times of the reader's own zone, unfolds, filters, and unfolds all on paper.
 * A page reads well without it. It takes no text from the page but to show or compare it.
 */
export const script = `
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  for (const time of all('time')) {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.getTime())) continue;
    time.title = time.textContent;
    time.textContent = date.toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
  }
  const unfold = (open) => { for (const fold of all('details')) fold.open = open; };
  const tools = document.getElementById('tools');
  if (tools) {
    tools.hidden = false;
    document.getElementById('unfold').addEventListener('click', () => unfold(true));
    document.getElementById('fold').addEventListener('click', () => unfold(false));
    document.getElementById('find').addEventListener('input', ({ target }) => {
      const words = target.value.trim().toLowerCase();
      for (const item of all('.item')) item.hidden = words !== '' && !item.textContent.toLowerCase().includes(words);
    });
  }
  const show = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const fold = target && target.closest('details');
    if (fold) { fold.open = true; target.scrollIntoView({ block: 'center' }); }
  };
  addEventListener('hashchange', show);
  show();
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details:not([open])');
    for (const fold of folded) fold.open = true;
  });
  addEventListener('afterprint', () => { for (const fold of folded) fold.open = false; });
})();
`;
