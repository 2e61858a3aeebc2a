-- Products that run out: nothing left, less than half of the threshold, less than the threshold.
SELECT
  product_id,
  name,
  stock_quantity,
  min_threshold,
  CASE
    WHEN stock_quantity <= 0 THEN 'CRITICAL'
    WHEN stock_quantity < min_threshold / 2 THEN 'HIGH'
    ELSE 'MEDIUM'
  END AS severity
FROM silver.products
WHERE stock_quantity <= 0 OR stock_quantity < min_threshold
