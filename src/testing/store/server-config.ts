import type { MessageInitShape } from "@bufbuild/protobuf";

import type {
  OAuth2MetadataResponseSchema,
  PublicClientAuthConfigResponseSchema,
} from "../../../gen/flyteidl/service/auth_pb.js";
import type { UserInfoResponseSchema } from "../../../gen/flyteidl/service/identity_pb.js";

/** The settings of a FlyteAdmin that its clients can see, with the values of the recorded server. */
export interface ServerConfig {
  /**
   * The bucket and prefix under which the server keeps what it stores itself.
   * @defaultValue `"s3://my-s3-bucket/metadata"`
   */
  readonly metadataPrefix: string;
  /**
   * Where CreateUploadLocation puts files.
   * @defaultValue `"s3://my-s3-bucket"`
   */
  readonly uploadPrefix: string;
  /**
   * Whether the data RPCs sign URLs (`remoteData.signedUrls.enabled`).
   * @defaultValue `true`
   */
  readonly signUrls: boolean;
  /**
   * The life of a signed URL of the data RPCs, in minutes.
   * @defaultValue `3`
   */
  readonly signedUrlMinutes: number;
  /**
   * The largest object that the server reads or takes inline, in bytes.
   * @defaultValue `2097152`
   */
  readonly maxDataBytes: number;
  /**
   * The longest life of a URL of the data proxy, in seconds.
   * @defaultValue `3600`
   */
  readonly maxExpirySeconds: number;
  /**
   * `max_parallelism` of executions that ask for none.
   * @defaultValue `25`
   */
  readonly maxParallelism: number;
  /**
   * The most nodes that a workflow may have, start and end nodes left out.
   * @defaultValue `100`
   */
  readonly maxWorkflowNodes: number;
  /**
   * The most that a task may ask for of each resource where no attributes say otherwise, in the
   * notation of Kubernetes; an empty string is no limit (`task_resources.limits`).
   * @defaultValue `{ cpu: "2", memory: "1Gi", gpu: "1", ephemeralStorage: "" }`
   */
  readonly taskResourceLimits: TaskResourceLimits;
}

/** Amounts of resources in the notation of Kubernetes, such as `500m` and `2Gi`. */
export interface TaskResourceLimits {
  readonly cpu: string;
  readonly memory: string;
  readonly gpu: string;
  readonly ephemeralStorage: string;
}

/** The settings of the recorded server. */
export function defaultServerConfig(): ServerConfig {
  return {
    metadataPrefix: "s3://my-s3-bucket/metadata",
    uploadPrefix: "s3://my-s3-bucket",
    signUrls: true,
    signedUrlMinutes: 3,
    maxDataBytes: 2 * 1024 * 1024,
    maxExpirySeconds: 3600,
    maxParallelism: 25,
    maxWorkflowNodes: 100,
    taskResourceLimits: { cpu: "2", memory: "1Gi", gpu: "1", ephemeralStorage: "" },
  };
}

/** The answers of the identity and OAuth2 services where authentication is on. */
export interface AuthMetadataInput {
  /** The answer of GetOAuth2Metadata. */
  readonly oauth2Metadata: MessageInitShape<typeof OAuth2MetadataResponseSchema>;
  /** The answer of GetPublicClientConfig. */
  readonly publicClientConfig: MessageInitShape<typeof PublicClientAuthConfigResponseSchema>;
  /** The answer of UserInfo. */
  readonly userInfo: MessageInitShape<typeof UserInfoResponseSchema>;
}
