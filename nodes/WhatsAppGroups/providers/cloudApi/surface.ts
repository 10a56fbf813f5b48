import type { Api } from '../../transport/api';

/**
 * Where a service that offers WhatsApp's Cloud API has put it. All else about groups is the same at
 * each of them (providers.md §2.2, §4.2).
 */
export interface Surface {
	/** As users know the service. */
	name: string;
	/** Path of the number that acts; empty where the credential stands for one number. */
	number: (api: Api) => string;
	group: (id: string) => string;
	/** Path at which templates are made. */
	templates: (api: Api) => string;
	/** Where a file is fetched whose address the service told. Throws NodeApiError. */
	file: (api: Api, url: string) => string;
	/** A page of the account's templates, the first one without a cursor. */
	templatePage: (api: Api, cursor?: string) => Promise<TemplatePage>;
	/** The same paths as the documents write them. */
	documented: { number: string; group: string; templates: string };
}

export interface TemplatePage {
	entries: unknown[];
	/** Cursor of the next page. */
	next?: string;
}
