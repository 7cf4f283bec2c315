// Makes elements. Text is always text: nothing here reads HTML, so what users named needs no escaping.

/**
 * An element with attributes and children. `on` holds listeners by event, `style` custom or plain properties, `data` data attributes;
 * true stands for an attribute without value; null, undefined and false leave an attribute or a child out.
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "style") for (const [property, to] of Object.entries(value)) node.style.setProperty(property, to);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

/** Sets a node's text unless it is there already, so that screen readers and selections are left alone. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows or hides. */
export function show(node, visible) {
  if (node.hidden === visible) node.hidden = !visible;
}

/**
 * Keeps the children of a node in step with items: nodes of known keys stay and are updated, new ones are made, others go. The keyboard's
 * place stays, also where its node has moved; where that has gone, a neighbour takes it.
 *
 * @param of {key(item), make(item), update(node, item)}
 */
export function keep(parent, items, { key, make, update }) {
  const wanted = new Set(items.map(item => String(key(item))));
  const known = new Map();
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  // what goes, goes first: a node that stays is then not moved, and keeps the focus
  for (const child of [...parent.children]) {
    if (wanted.has(child.dataset.key) && !known.has(child.dataset.key)) known.set(child.dataset.key, child);
    else child.remove();
  }
  let place = parent.firstElementChild;
  for (const item of items) {
    const id = String(key(item));
    let node = known.get(id);
    known.delete(id);
    if (!node) {
      node = make(item);
      node.dataset.key = id;
    }
    update?.(node, item);
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  if (focused && document.activeElement === document.body) {
    const next = parent.contains(focused) ? focused : parent.querySelector("a, button, input") ?? parent.closest("[tabindex]");
    next?.focus({ preventScroll: true });
  }
}

let ids = 0;

/** An id that no other element of the page has. */
export function uniqueId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}
