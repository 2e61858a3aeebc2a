-- The shop of the demo. Large texts are stored out of line, so that updates do not log them again.
CREATE TYPE order_status AS ENUM ('pending', 'processing', 'completed', 'cancelled');

CREATE TABLE users (
  user_id bigint PRIMARY KEY,
  email text NOT NULL,
  first_name text,
  last_name text,
  status text NOT NULL,
  marketing_consent boolean NOT NULL,
  external_id uuid NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE products (
  product_id integer PRIMARY KEY,
  name text NOT NULL,
  category text,
  price numeric(10,2) NOT NULL,
  stock_quantity integer NOT NULL,
  min_threshold integer NOT NULL,
  description text,
  attributes jsonb,
  tags text[],
  weight numeric
);
ALTER TABLE products ALTER COLUMN description SET STORAGE EXTERNAL;

CREATE TABLE orders (
  order_id bigint PRIMARY KEY,
  user_id bigint NOT NULL,
  total_amount numeric(12,2) NOT NULL,
  status order_status NOT NULL,
  created_at timestamp NOT NULL,
  updated_at timestamptz NOT NULL
);

CREATE TABLE order_items (
  order_id bigint NOT NULL,
  product_id integer NOT NULL,
  quantity integer NOT NULL,
  unit_price numeric(10,2) NOT NULL,
  PRIMARY KEY (order_id, product_id)
);
