import type { Request, Response } from 'express';
import type { Pager } from './paging';
import type { CloudSettings } from './settings';
import type { CloudWorld } from './world';

/** What the routes of a number need of the provider that has it. */
export interface CloudService {
	readonly world: CloudWorld;
	readonly pager: Pager;
	settings(): CloudSettings;
	/**
	 * What `previous` and `next` begin with, up to the parameters of paging: they lead to Meta's own
	 * host, whoever is asked.
	 *
	 * @param path of the node and edge, e.g. `/106540352242922/groups`
	 */
	pageLink(response: Response, path: string): string;
	/** Refuses a number that may not send to groups. */
	checkGroupSend?(): void;
	/** Where media are said to be, with a path of Meta's host for attachments after it. */
	mediaOrigin(request: Request<object>): string;
}
