import { Router } from 'express';
import { groupControl } from './groups';
import type { Servers } from './lookup';
import { serverControl } from './server';

/**
 * What people do in the groups and how each server behaves; at `/control/waha`, with the engine in
 * lower case. People are named by phone, those too whom the sessions know by lid only.
 */
export function createWahaControl(servers: Servers): Router {
	const router = Router();
	serverControl(router, servers);
	groupControl(router, servers);
	return router;
}
