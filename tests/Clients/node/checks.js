'use strict';
// One line per check: `ok <sentence>` or `not ok <sentence>: <reason>`.

const registered = [];

exports.check = (sentence, body) => registered.push([sentence, body]);

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
