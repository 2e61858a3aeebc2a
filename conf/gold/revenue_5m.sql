-- Revenue of completed orders, in windows of five minutes by the time of the order.
SELECT
  window.start AS window_start,
  window.end AS window_end,
  count(*) AS completed_orders,
  sum(total_amount) AS revenue
FROM silver.orders
WHERE status = 'completed'
GROUP BY window(created_at, '5 minutes')
