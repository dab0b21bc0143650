// Loads one package in a fresh process and prints the nanoseconds that it took.
//
//   node require_node.cjs require|import NAME
'use strict';

const [how, name] = process.argv.slice(2);
const began = process.hrtime.bigint();
const print = () => console.log(String(process.hrtime.bigint() - began));

if (how === 'require') {
  require(name);
  print();
} else {
  import(name).then(print);
}
