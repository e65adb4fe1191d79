import { fromBase64Url, toBase64Url } from "./base64url.js";

/** The claims of a token. */
export type Claims = Readonly<Record<string, unknown>>;

/** The content of a token, and whether it is signed by the keys that read it. */
export interface ReadJwt {
  /** The header of the token. */
  readonly header: Claims;
  /** The claims of the token. */
  readonly claims: Claims;
  /** Whether one of the keys signed it. */
  readonly isSigned: boolean;
}

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** An RSA key that signs and reads JSON web tokens (RS256). It is made when it is first needed. */
export class SigningKeys {
  readonly #keyName: "kid" | "key_id";
  readonly #keyId: string;
  #pair: Promise<CryptoKeyPair> | undefined;

  /** @param keyName How tokens name the key: FlyteAdmin's own say `key_id`. */
  constructor(keyName: "kid" | "key_id", keyId: string) {
    this.#keyName = keyName;
    this.#keyId = keyId;
  }

  /** A signed token with these claims. */
  async sign(claims: Claims): Promise<string> {
    const header = { alg: "RS256", [this.#keyName]: this.#keyId, typ: "JWT" };
    const body = `${toBase64Url(JSON.stringify(header))}.${toBase64Url(JSON.stringify(claims))}`;
    const { privateKey } = await this.#keys();
    const signature = await crypto.subtle.sign(
      algorithm,
      privateKey,
      new TextEncoder().encode(body),
    );
    return `${body}.${toBase64Url(new Uint8Array(signature))}`;
  }

  /** Reads a token, and checks its signature and nothing else. `undefined` for anything else. */
  async read(token: string): Promise<ReadJwt | undefined> {
    const parts = token.split(".");
    const [header, claims] = [parts[0], parts[1]].map((part) => readPart(part ?? ""));
    if (parts.length !== 3 || header === undefined || claims === undefined) return undefined;
    const signature = fromBase64Url(parts[2] ?? "");
    const { publicKey } = await this.#keys();
    const isSigned =
      signature !== undefined &&
      header["alg"] === "RS256" &&
      (await crypto.subtle.verify(
        algorithm,
        publicKey,
        signature,
        new TextEncoder().encode(`${parts[0] ?? ""}.${parts[1] ?? ""}`),
      ));
    return { header, claims, isSigned };
  }

  /** The public key, as a JSON web key set. */
  async jwks(): Promise<{ readonly keys: readonly Claims[] }> {
    const { publicKey } = await this.#keys();
    const { e, n, kty } = await crypto.subtle.exportKey("jwk", publicKey);
    return { keys: [{ e, kid: this.#keyId, kty, n }] };
  }

  #keys(): Promise<CryptoKeyPair> {
    this.#pair ??= crypto.subtle.generateKey(
      { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ["sign", "verify"],
    );
    return this.#pair;
  }
}

function readPart(part: string): Claims | undefined {
  const bytes = fromBase64Url(part);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
    // Any object is a record of unknown values.
    return isRecord ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}
