import { createHash } from 'node:crypto';

/**
 * What the log keeps of a secret: the lower-case hex SHA-256, never the secret.
 *
 * @param {string} secret
 */
export const sha256Hex = (secret) => createHash('sha256').update(secret).digest('hex');

/**
 * The S256 transformation of RFC 7636, section 4.2.
 *
 * @param {string} codeVerifier
 */
export const codeChallengeS256 = (codeVerifier) =>
  createHash('sha256').update(codeVerifier).digest('base64url');
