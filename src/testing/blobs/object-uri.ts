/** Where an object is. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** Reads `scheme://bucket/key`. The scheme does not matter, as to the server; `undefined` without a bucket. */
export function parseObjectUri(uri: string): ObjectPlace | undefined {
  const [, bucket, key = ""] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)(?:\/(.*))?$/is.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

/** The place as a URI of the S3-compatible storage. */
export function objectUri(place: ObjectPlace): string {
  return `s3://${place.bucket}/${place.key}`;
}

/** The path of an object on the storage's HTTP address; slashes of the key stay. */
export function objectPath(place: ObjectPlace): string {
  return `/${encodePart(place.bucket)}/${place.key.split("/").map(encodePart).join("/")}`;
}

/** Percent-encodes as signatures of S3 want it: all but letters, digits and `-_.~`. */
export function encodePart(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
