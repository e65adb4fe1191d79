import type { BlobStore } from "../../src/testing/store/blob-store.js";
import { createState, type FlyteState, type StateOptions } from "../../src/testing/store/index.js";

/** A blob store in a map, for tests that look at no signed URLs. */
function mapBlobStore(): BlobStore {
  const objects = new Map<string, Uint8Array>();
  return {
    get: (uri) => objects.get(uri),
    put: (uri, bytes) => void objects.set(uri, bytes),
    has: (uri) => objects.has(uri),
    bucketExists: () => true,
    sign: (uri) => uri,
  };
}

/** An empty server whose clock is stopped. */
export function emptyState(options: Partial<StateOptions> = {}): FlyteState {
  return createState({
    projects: ["flytesnacks"],
    now: () => new Date("2026-03-01T12:00:00Z"),
    blobs: mapBlobStore(),
    ...options,
  });
}
