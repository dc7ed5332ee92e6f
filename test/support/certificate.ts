import { generateKeyPairSync, sign } from "node:crypto";

/** CN=bot, as X.509 writes a name. */
const NAME = sequence(tagged(0x31, sequence(hex("0603550403"), text(0x0c, "bot"))));
/** RSA with SHA-256 (1.2.840.113549.1.1.11). */
const ALGORITHM = sequence(hex("06092a864886f70d01010b"), hex("0500"));

/** A certificate that signs itself, and its private key: both as PEM. `expires` is a day. */
export function selfSigned(expires: string): {
  readonly certificate: string;
  readonly key: string;
} {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const validity = sequence(
    text(0x17, "190101000000Z"),
    text(0x17, `${expires.slice(2).replaceAll("-", "")}120000Z`),
  );
  const stated = sequence(
    ...[hex("020101"), ALGORITHM, NAME, validity, NAME],
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = tagged(0x03, Buffer.concat([hex("00"), sign("sha256", stated, privateKey)]));
  const lines = sequence(stated, ALGORITHM, signature)
    .toString("base64")
    .replaceAll(/.{64}/g, "$&\n");
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function text(tag: number, value: string): Buffer {
  return tagged(tag, Buffer.from(value));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

function hex(bytes: string): Buffer {
  return Buffer.from(bytes, "hex");
}
