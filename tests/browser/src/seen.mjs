// What a page looks like, as facts: asked of the browser, judged by the tests.

import { colourOf, contrast, flatten } from './contrast.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{what: string, ratio: number, wanted: number}} Contrast */

const TEXT = 4.5; // WCAG 2.2, 1.4.3; the lower limit for large text is not used
const CONTROL = 3; // 1.4.11: borders of controls and the mark of the focus

/**
 * Colours of all texts and controls, each with the backgrounds that lie under it.
 *
 * @param {Page} page
 */
function coloursOf(page) {
  return page.evaluate(() => {
    /** @param {Element | null} element */
    const backgrounds = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) {
        layers.push(getComputedStyle(at).backgroundColor);
      }
      return layers;
    };
    /** @type {{what: string, kind: 'text' | 'control', front: string[], back: string[]}[]} */
    const found = [];
    for (const element of document.body.querySelectorAll('*')) {
      if (!element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      const ownText = [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent?.trim())
        .join('');
      const isTyped = element instanceof HTMLInputElement && element.type === 'text';
      if (ownText || isTyped) {
        const what = ownText || 'what is typed';
        found.push({ what, kind: 'text', front: [style.color], back: backgrounds(element) });
      }
      // The browser draws radio buttons itself, to its own contrast.
      if (isTyped || element instanceof HTMLButtonElement) {
        const front = [style.borderTopColor];
        const back = backgrounds(element.parentElement);
        found.push({ what: `border of ${ownText || 'the field'}`, kind: 'control', front, back });
      }
    }
    return found;
  });
}

/**
 * @param {Page} page
 * @returns {Promise<Contrast[]>}
 */
export async function contrastsOf(page) {
  return (await coloursOf(page)).map(({ what, kind, front, back }) => {
    const below = back.map(colourOf);
    const ratio = contrast(flatten([...front.map(colourOf), ...below]), flatten(below));
    return { what, ratio, wanted: kind === 'text' ? TEXT : CONTROL };
  });
}

/**
 * The element that has the focus: how it is announced, and how well the mark around it is seen.
 *
 * @param {Page} page
 */
export async function focusOf(page) {
  const focus = await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const layers = [];
    for (let at = element.parentElement; at; at = at.parentElement) {
      layers.push(getComputedStyle(at).backgroundColor);
    }
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    return {
      name: (labels[0] ?? element).innerText.trim(),
      isOutlined: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2,
      outlineColor,
      layers,
      isInView: top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth,
    };
  });
  if (!focus) return undefined;
  const { name, isOutlined, isInView } = focus;
  const ratio = contrast(
    colourOf(focus.outlineColor),
    flatten(focus.layers.map((layer) => colourOf(layer))),
  );
  return { name, isInView, isMarked: isOutlined && ratio >= CONTROL };
}
