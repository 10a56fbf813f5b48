import type { Emulator } from './emulator';
import type { FileHost } from './fileHost';
import { createSinch } from './sinch';
import { createWaha } from './waha';

/** Every provider that the sandbox emulates: a new one is one line here. */
export function createEmulators(files: FileHost): Emulator[] {
	return [createSinch(files), createWaha(files)];
}
