import type { EngineName } from '../model';
import type { Dialect } from './dialect';
import { gows } from './gows';
import { noweb } from './noweb';
import { webjs } from './webjs';

export const DIALECTS: Readonly<Record<EngineName, Dialect>> = {
	WEBJS: webjs,
	NOWEB: noweb,
	GOWS: gows,
};

export type { Dialect };
