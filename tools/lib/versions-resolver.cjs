// Jest's resolver for versions-test.mjs: protobuf and Connect come from the folder that VERSIONS_FOLDER names,
// whoever imports them.
const { env } = require("node:process");

const shared = /^(@bufbuild\/protobuf|@connectrpc\/connect(-node|-web)?)(\/|$)/;

module.exports = {
  /** @type {import("jest-resolve").SyncResolver} */
  sync: (path, options) => {
    const basedir = shared.test(path) ? env["VERSIONS_FOLDER"] : undefined;
    return options.defaultResolver(path, { ...options, basedir: basedir ?? options.basedir });
  },
};
