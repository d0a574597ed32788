'use strict';
// One line per check: `ok <sentence>` or `not ok <sentence>: <reason>`.

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const registered = [];

exports.check = (sentence, body) => registered.push([sentence, body]);

/** Of an installed package: not all let their package.json be required. */
exports.version = (name) => JSON.parse(readFileSync(join(__dirname, 'node_modules', name, 'package.json'), 'utf8')).version;

exports.run = async () => {
  let failed = 0;
  for (const [sentence, body] of registered) {
    try {
      await body();
      console.log(`ok ${sentence}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${sentence}: ${`${error.name}: ${error.message}`.replace(/\s+/g, ' ')}`);
    }
  }
  process.exit(failed ? 1 : 0);
};
