import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "@jest/globals";

import { type Connection, connectTransport } from "../../src/calls/index.js";
import {
  createDownloadLocation,
  getOAuth2Metadata,
  getServerVersion,
  getUserInfo,
  listSignals,
} from "../../src/functions.js";
import { unaryTransport } from "../support/unary-transport.js";

const executionId = { project: "flytesnacks", domain: "development", name: "f3a" };

const reads: Readonly<Record<string, (connection: Connection) => Promise<unknown>>> = {
  AdminService: getServerVersion,
  DataProxyService: (connection) => createDownloadLocation(connection, "s3://bucket/key"),
  SignalService: (connection) => listSignals(connection, { executionId }).first(),
  IdentityService: getUserInfo,
  AuthMetadataService: getOAuth2Metadata,
};

test.each(Object.entries(reads))("a read of %s is sent four times", async (service, read) => {
  const asked: string[] = [];
  const transport = unaryTransport(({ method }) => {
    asked.push(method.parent.name);
    throw new ConnectError("no backend", Code.Unavailable);
  });
  const connection = connectTransport({ transport, retry: { delay: () => Promise.resolve() } });
  await expect(read(connection)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(asked).toEqual([service, service, service, service]);
});
