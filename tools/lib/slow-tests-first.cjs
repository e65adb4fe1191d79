const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * These collect all garbage again and again, which takes a worker that has run hundreds of tests many times as long, and
 * those that take longest come next, so that no core waits for them at the end.
 */
const first = [
  "test/behaviour/faults/faults.test.ts",
  "test/behaviour/faults/leaks.test.ts",
  "test/testing/random-recordings.test.ts",
  "test/behaviour/deadlines/server-aborts.test.ts",
];

/** @param {string} path */
function rankOf(path) {
  const index = first.findIndex((end) => path.replaceAll("\\", "/").endsWith(end));
  return index === -1 ? first.length : index;
}

/** Runs the tests that must not come late first, and the others in jest's own order. */
module.exports = class SlowTestsFirst extends Sequencer {
  /**
   * @override
   * @type {InstanceType<typeof Sequencer>["sort"]}
   */
  async sort(tests) {
    const sorted = [...(await super.sort(tests))];
    return sorted.sort((a, b) => rankOf(a.path) - rankOf(b.path));
  }
};
