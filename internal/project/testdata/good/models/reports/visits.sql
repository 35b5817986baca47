-- Nothing above the header is read.
/* Nor is this, which has no keys. */
/**
@kind sessions
@partition-by bot, channel
@order-by sent_at
@gap 10 seconds
**/
SELECT 2;
