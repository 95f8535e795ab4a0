import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Asks for a token with the scope of its argument, as an app on the JVM does that finds Nais's variables in its
 * environment and makes the grant itself. Prints the answer as JSON, and the claims of the token once it is verified.
 */
public class JwtGrant {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    var env = System.getenv();
    var metadata = JSONObjectUtils.parse(get(env.get("MASKINPORTEN_WELL_KNOWN_URL")));
    var issuer = JSONObjectUtils.getString(metadata, "issuer");
    var key = RSAKey.parse(env.get("MASKINPORTEN_CLIENT_JWK"));
    var assertion = assertion(key, env.get("MASKINPORTEN_CLIENT_ID"), issuer, args[0]);
    var grantType = URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(JSONObjectUtils.getURI(metadata, "token_endpoint"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=" + grantType + "&assertion=" + assertion))
            .build();
    var response = HTTP.send(request, BodyHandlers.ofString());
    var answer = JSONObjectUtils.parse(response.body());
    var result = new HashMap<String, Object>(Map.of("status", response.statusCode(), "answer", answer));
    var token = JSONObjectUtils.getString(answer, "access_token");
    if (token != null) {
      result.put("verified", verified(token, issuer, JSONObjectUtils.getURI(metadata, "jwks_uri")).toJSONObject());
    }
    System.out.println(JSONObjectUtils.toJSONString(result));
  }

  private static String get(String url) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body();
  }

  private static String assertion(RSAKey key, String clientId, String issuer, String scope) throws Exception {
    var now = Instant.now();
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(JOSEObjectType.JWT).build();
    var claims =
        new JWTClaimsSet.Builder()
            .audience(issuer)
            .issuer(clientId)
            .claim("scope", scope)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)))
            .jwtID(UUID.randomUUID().toString())
            .build();
    var grant = new SignedJWT(header, claims);
    grant.sign(new RSASSASigner(key));
    return grant.serialize();
  }

  private static JWTClaimsSet verified(String token, String issuer, URI jwks) throws Exception {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    var keys = JWKSourceBuilder.create(jwks.toURL()).build();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp", "iat", "consumer", "client_id")));
    return processor.process(token, null);
  }
}
