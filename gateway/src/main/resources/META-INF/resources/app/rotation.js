// Turns: of many things a few at a time, so that each comes once in a while.

/**
 * A function that takes the next of what there is each time it is called, and begins again after the last.
 *
 * @param most how many it takes at once
 */
export function rotation(most) {
  let place = 0;
  return items => {
    if (items.length <= most) return items;
    const from = place % items.length;
    place = from + most;
    return [...items.slice(from, from + most), ...items.slice(0, Math.max(0, from + most - items.length))];
  };
}
