'use strict';

// What JavaScript adds to reports: the parsed document.

const native = require('../native/bmauth.node');

const documents = new WeakMap();
Object.defineProperties(native('Report').prototype, {
  data: {
    get() {
      let document = documents.get(this);
      if (document === undefined) documents.set(this, (document = JSON.parse(this.json)));
      return document;
    },
  },
  toJSON: {
    value() {
      return this.data;
    },
  },
  [Symbol.for('nodejs.util.inspect.custom')]: {
    value(_depth, options, inspect) {
      return `Report ${inspect(this.data, options)}`;
    },
  },
});
