// mocha's spec reporter, which also leaves the numbers in the file that TEST_COUNTS_FILE names (see counts.mjs).
const { writeFileSync } = require('node:fs');
const { env } = require('node:process');
const { reporters } = require('mocha');

module.exports = class CountingReporter extends reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    if (env.TEST_COUNTS_FILE)
      writeFileSync(env.TEST_COUNTS_FILE, JSON.stringify({ passed: passes, failed: failures, pending }));
  }
};
