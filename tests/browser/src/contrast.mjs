// Contrast as WCAG 2.2 computes it, from the colours that the browser really uses.

/** @typedef {[number, number, number, number]} Colour red, green and blue to 255, alpha to 1 */

/**
 * @param {string} css as getComputedStyle answers: `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`
 * @returns {Colour}
 */
export function colourOf(css) {
  const [red, green, blue, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
  if (!/^rgba?\(/.test(css) || blue === undefined) throw new Error(`not a colour: ${css}`);
  return [red, green, blue, alpha];
}

/**
 * What is seen of colours that lie on each other.
 *
 * @param {Colour[]} layers the topmost first
 * @returns {Colour}
 */
export function flatten(layers) {
  return layers.reduceRight((below, [red, green, blue, alpha]) => {
    const mix = (/** @type {number} */ top, /** @type {number} */ under) =>
      top * alpha + under * (1 - alpha);
    return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), 1];
  }, /** @type {Colour} */ ([255, 255, 255, 1]));
}

/** @param {Colour} colour */
function relativeLuminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * @param {Colour} one
 * @param {Colour} other
 * @returns {number} 1 to 21
 */
export function contrast(one, other) {
  const [dark, light] = [relativeLuminance(one), relativeLuminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
