import { createDialog360 } from './dialog360';
import type { Emulator } from './emulator';
import type { FileHost } from './fileHost';
import { createSinch } from './sinch';
import { createWaha } from './waha';

/** Every provider that the sandbox emulates: a new one is one line here. */
export function createEmulators(files: FileHost): Emulator[] {
	return [createDialog360(), createSinch(files), createWaha(files)];
}
