// Generated from bindings/spec by bmauth_gen; do not edit.
//
// The low layer: what the addon gives by its name. The package's own face is index.d.ts.

/** The row of the error table that applies. */
export type ErrorCode =
  | 'invalid_argument'
  | 'box_full'
  | 'internal';

/** What a box looks like. */
export type Color = 'red' | 'blue';

/** Everything that the library knows of a failure. */
export interface ErrorFacts {
  /** The row that applies. Never 'ok'. */
  number: number;
  /** The name of the code. For example "box_full". */
  code: ErrorCode;
  /** What went wrong. One line. */
  message: string;
  /** How long to wait. null if unknown. */
  retryAfterMs: number | null;
}

/** What weigh answers. */
export interface WeighResult {
  /** True if it is heavy. */
  isHeavy: boolean;
  /** How long it swung. */
  settleMs: number;
}

/** A wish to stop. */
export class Cancel {
  /** Makes one. */
  constructor();
  /** Triggers it. */
  trigger(): void;
}

/** A box. */
export class Box {
  /** Makes a box, as large as another one if it is given. */
  constructor(model?: Box | null);
  /** What is written on the box. null if nothing is. */
  readonly label: string | null;
  /** What only the owner knows. A word. SECRET: never log, print or store it. */
  readonly secret: string;
  /** The color of the box. Any color. */
  readonly color: Color;
  /** Name and value of every pair. */
  readonly pairs: Record<string, string>;
  /** Writes on the box. value: What to write. */
  setLabel(value: string): void;
  /**
   * Puts something in, and gives what fell out of the box when there was no room for both. thing:
   * What to put in; null for air. color: Of the thing. isHeavy: True if it is heavy. patienceMs:
   * How long to try. cancel: Ends it early.
   */
  put(thing: string | null, color: Color, isHeavy: boolean, patienceMs: number,
      cancel?: Cancel | null): Promise<Box>;
  /** Weighs the box. */
  weigh(): WeighResult;
  /** Everything but the secrets. */
  toJSON(): unknown;
}

/** The version as a number. The number. */
export function versionNumber(): number;

/** The name of a code. For example "box_full". code: A code. */
export function codeName(code: number): string;

/** The class of the errors that this environment throws. */
export function setErrorClass(errorClass: new (facts: ErrorFacts) => Error): void;

/** The error of a call that is refused before it reaches the library. */
export function invalidArgument(message: string): Error;

/** Cancels what runs and waits for it; later calls are refused. */
export function stop(): void;

/** How many objects of the library are alive in this process. */
export function liveObjects(): number;

/**
 * The low half of the library's generation, to be read without a call; nobody writes to it. Undefined
 * where arrays may not lie over foreign memory.
 */
export function generationWord(): Uint32Array | undefined;
