import type { IBinaryData, IDataObject } from 'n8n-workflow';

/** What an operation puts out for one input item; the router links it to that item. */
export interface Output {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
}
