import assert from 'node:assert/strict';
import { test } from 'node:test';

import { colourOf, contrast, flatten } from '../src/contrast.mjs';

test('contrast is as WCAG computes it', () => {
  /** @type {[string, string, number][]} */
  const known = [
    ['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 21],
    ['rgb(255, 255, 255)', 'rgb(255, 255, 255)', 1],
    ['rgb(119, 119, 119)', 'rgb(255, 255, 255)', 4.48],
    ['rgb(118, 118, 118)', 'rgb(255, 255, 255)', 4.54],
    ['rgb(255, 0, 0)', 'rgb(255, 255, 255)', 4],
    ['rgb(0, 0, 255)', 'rgb(255, 255, 0)', 8],
  ];
  for (const [one, other, wanted] of known) {
    const ratio = contrast(colourOf(one), colourOf(other));
    assert.ok(Math.abs(ratio - wanted) < 0.01, `${one} on ${other}: ${ratio}`);
    assert.equal(contrast(colourOf(other), colourOf(one)), ratio);
  }
});

test('colours that let others through are seen mixed, down to the white of an empty window', () => {
  const layers = ['rgba(0, 0, 0, 0.5)', 'rgba(0, 0, 0, 0)', 'rgb(100, 200, 50)'].map(colourOf);
  assert.deepEqual(flatten(layers), [50, 100, 25, 1]);
  assert.deepEqual(flatten([colourOf('rgba(0, 0, 0, 0)')]), [255, 255, 255, 1]);
});

test('what is no colour is not taken for one', () => {
  for (const text of ['', 'red', 'color(srgb 1 0 0)', 'rgb(1, 2)']) {
    assert.throws(() => colourOf(text), /not a colour/);
  }
});
